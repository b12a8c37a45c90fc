package main

import (
	"context"
	"fmt"
	"runtime"
)

// version is the program's version; it is that of FyneApp.toml.
const version = "0.1.0"

func runVersion(_ context.Context, p *program, args []string) error {
	if _, err := p.arguments(p.flags("version"), args); err != nil {
		return err
	}
	return p.print(map[string]string{"version": version, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH},
		fmt.Sprintf("taizhang %s (%s, %s/%s)", version, runtime.Version(), runtime.GOOS, runtime.GOARCH))
}
