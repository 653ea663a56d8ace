"""How fast and how small spreadsheets come in and go out."""
