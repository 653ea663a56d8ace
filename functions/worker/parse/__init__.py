"""Spreadsheets in: what a file is, which sheet and header it has, what type its columns are."""
