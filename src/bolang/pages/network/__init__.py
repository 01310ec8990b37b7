"""Changes of the transport network, in words."""
