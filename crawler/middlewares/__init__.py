"""Downloader middlewares: thin adapters of Scrapy over the address gate, robots.txt, redirects and retries."""
