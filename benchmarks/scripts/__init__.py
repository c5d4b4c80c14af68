"""What the parts start as programs of their own."""
