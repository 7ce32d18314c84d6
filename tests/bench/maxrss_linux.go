package main

// maxrssPerMegabyte: Linux reports the peak in kilobytes.
const maxrssPerMegabyte = 1e3
