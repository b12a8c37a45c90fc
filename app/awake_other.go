//go:build !linux

package main

// stayAwake has nothing to do: GLFW asks Windows to keep a display lit that shows a
// full screen.
func stayAwake(string) (release func()) { return func() {} }
