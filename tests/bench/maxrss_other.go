//go:build !linux

package main

// maxrssPerMegabyte: the BSDs and macOS report the peak in bytes.
const maxrssPerMegabyte = 1e6
