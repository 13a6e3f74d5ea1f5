"""What is mistyped in a text: pure functions of a text and of what its language's file says of its usage, which yield Slips."""
