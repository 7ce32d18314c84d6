// Command platform answers questions about the estate offline, but for promote: it needs neither
// a cloud nor credentials nor pulumi.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
