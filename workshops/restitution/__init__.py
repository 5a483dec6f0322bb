"""The written restitution of a workshop: what its page tells, as a document to print, send and read back."""
