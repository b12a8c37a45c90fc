//go:build !linux && !windows

package drives

import "errors"

func list() ([]Drive, error) { return nil, nil }

func space(string) (free, size int64, err error) { return 0, 0, errors.ErrUnsupported }
