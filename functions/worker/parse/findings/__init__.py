"""What is doubtful in clean data: one rule a file, each looking at a whole column."""
