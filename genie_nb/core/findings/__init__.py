"""What facts and bars amount to."""
