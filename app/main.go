// Command taizhang is the ledger of a command center: without a subcommand it
// shows the window, with one it does that one thing and ends.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
