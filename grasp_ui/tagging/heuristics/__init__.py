"""One file for each rule of stage one."""
