package main

import (
	"errors"
	"os"
)

// fileKeyring has one password, that in the file that a variable names.
type fileKeyring struct{}

func (fileKeyring) Get(string, string) (string, error) {
	password, err := os.ReadFile(os.Getenv("KEYRING_FILE"))
	return string(password), err
}

func (fileKeyring) Set(string, string, string) error { return errors.ErrUnsupported }
func (fileKeyring) Delete(string, string) error      { return errors.ErrUnsupported }
