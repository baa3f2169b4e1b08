package bom

import (
	"bytes"
	"crypto/tls"
	"os"
)

// mark is U+FEFF in UTF-8.
var mark = []byte("\xef\xbb\xbf")

// Cut returns text without a mark at its beginning.
func Cut(text []byte) []byte { return bytes.TrimPrefix(text, mark) }

// ReadFile is [os.ReadFile] for text.
func ReadFile(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	return Cut(text), err
}

// LoadX509KeyPair is [tls.LoadX509KeyPair] for such files.
func LoadX509KeyPair(cert, key string) (tls.Certificate, error) {
	certPEM, err := ReadFile(cert)
	if err != nil {
		return tls.Certificate{}, err
	}
	keyPEM, err := ReadFile(key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.X509KeyPair(certPEM, keyPEM)
}
