// Command etcd is etcd's server, built from its Go module: etcd publishes the
// package that is its main function, but not a command that `go install` accepts.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
