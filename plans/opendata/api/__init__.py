"""The API, one file a resource: the shape of its answers, its parameters, and what finds them.

`endpoints.py` lists them all; the addresses and the OpenAPI document are made from that list.
"""
