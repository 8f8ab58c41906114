"""The API: JSON over what the archive holds, and the collection API of the Open Terms Archive."""
