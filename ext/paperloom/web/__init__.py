"""Asking other hosts: politely, patiently and within limits. Nothing here knows about papers."""
