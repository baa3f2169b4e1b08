package dashboard

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockTimeout = 2 * time.Second
	lockRetry   = 5 * time.Millisecond
)

// locked calls do while no other process changes the file at path: what two read and
// write again at the same time would else have the change of one of them.
func locked(path string, do func() error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), lockTimeout)
	defer cancel()
	if got, err := lock.TryLockContext(ctx, lockRetry); !got {
		if ctx.Err() != nil {
			err = fmt.Errorf("another process holds %s: perhaps one that was stopped", lock.Path())
		}
		return err
	}
	defer lock.Unlock()
	return do()
}
