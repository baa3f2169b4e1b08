package suggest

import "testing"

func TestOf(t *testing.T) {
	names := []string{"host", "port", "user", "tls_ca", "tls_cert"}
	for word, want := range map[string]string{
		"hots": "host", "prt": "port", "tls-ca": "tls_ca", "users": "user", "host": "host", "tls_c": "tls_ca",
		"password": "", "": "", "x": "",
	} {
		got, ok := Of(word, names)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q is taken for %q, want %q", word, got, want)
		}
	}
}
