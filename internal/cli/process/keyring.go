package process

import "github.com/zalando/go-keyring"

// Keyring keeps passwords for the user: the one of the system, unless a test
// brings its own. Its errors are those of go-keyring.
type Keyring interface {
	Get(service, account string) (string, error)
	Set(service, account, password string) error
	Delete(service, account string) error
}

// systemKeyring is the keychain, the credential manager or the secret service.
type systemKeyring struct{}

func (systemKeyring) Get(service, account string) (string, error) {
	return keyring.Get(service, account)
}

func (systemKeyring) Set(service, account, password string) error {
	return keyring.Set(service, account, password)
}

func (systemKeyring) Delete(service, account string) error { return keyring.Delete(service, account) }
