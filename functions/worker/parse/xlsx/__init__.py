"""Excel's .xlsx and .xlsm, read from the XML inside by whole arrays."""
