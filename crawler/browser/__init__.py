"""The browser: pages that show their text only after running their scripts, read in the system's own Chromium."""
