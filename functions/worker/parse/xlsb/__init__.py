"""Excel's .xlsb: the parts of an .xlsx as binary records, after [MS-XLSB]."""
