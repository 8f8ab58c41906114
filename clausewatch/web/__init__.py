"""The web: pages for people and an API for programs, over the archive.

`app.py` puts it together. A page is a function in `pages/` from a `Visit` to a `Page`; `store/` asks the archive;
`templates/` draws; `routes.py` lists every address with who may use it; `guard.py` and `serving.py` face the network.
"""
