package hostkey

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/crypto/ssh"
)

// dsa is a type of key that is too weak.
const dsa = "ssh-dss"

// maxFile bounds what is read of a file that may not be one of a key.
const maxFile = 64 << 10

// Load returns the key in the file at path, in the format of ssh-keygen, and makes it where
// there is no file. It does not change a file that is there.
func Load(path string) (key ssh.Signer, made bool, err error) {
	key, err = read(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	if err := create(path); err != nil {
		if errors.Is(err, fs.ErrExist) { // another process made it meanwhile
			key, err = read(path)
			return key, false, err
		}
		return nil, false, fmt.Errorf("cannot make the host key: %w", err)
	}
	key, err = read(path)
	return key, err == nil, err
}

// Fingerprint returns "SHA256:…", what ssh shows and asks about at the first connection.
func Fingerprint(key ssh.Signer) string { return ssh.FingerprintSHA256(key.PublicKey()) }

func read(path string) (ssh.Signer, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s: others can read or write the host key, and so pass for this server: chmod 600 the file, and make a new key if they may have read it", path)
	}
	text, err := io.ReadAll(io.LimitReader(file, maxFile))
	if err != nil {
		return nil, err
	}
	return parse(path, text)
}

func parse(path string, text []byte) (ssh.Signer, error) {
	key, err := ssh.ParsePrivateKey(text)
	var locked *ssh.PassphraseMissingError
	switch {
	case errors.As(err, &locked):
		return nil, fmt.Errorf("%s: the host key has a passphrase, which nobody could type: take it off with ssh-keygen -p", path)
	case err != nil:
		return nil, fmt.Errorf("%s: this is no private key of SSH: restore the host key, or move the file away to have a new one made", path)
	}
	if key.PublicKey().Type() == dsa {
		return nil, fmt.Errorf("%s: DSA keys are too weak: move the file away to have a new host key made", path)
	}
	return key, nil
}

// create makes an ed25519 key. It fails where a file of that name is there.
func create(path string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := ssh.MarshalPrivateKey(private, "joltui serve")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(pem.EncodeToMemory(block))
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(path) // a part of a key would be an error for ever
	}
	return err
}
