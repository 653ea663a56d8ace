"""What the drain costs and keeps."""
