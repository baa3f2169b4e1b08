package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Addition is a profile to be added to a configuration.
type Addition struct {
	Name, Host string
	Port       int
	User       string // empty for none
}

// Text returns what to append to the file at path, whose content is data, to add the
// profile. Everything else in the file stays as it is, comments included. The error says
// why the file would not be valid then, or is not valid now.
func (a Addition) Text(path string, data []byte) (string, error) {
	before, err := Parse(path, data)
	if err != nil {
		return "", err
	}
	if _, taken := before.Profiles[a.Name]; taken {
		return "", &Error{Path: path, Line: before.Profiles[a.Name].Line, Reason: fmt.Sprintf("there is a profile %q already", a.Name)}
	}
	var b strings.Builder
	if len(data) > 0 {
		if !bytes.HasSuffix(data, []byte("\n")) {
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "[profiles.%s]\nhost = %s\nport = %d\n", tomlKey(a.Name), tomlText(a.Host), a.Port)
	if a.User != "" {
		fmt.Fprintf(&b, "user = %s\n", tomlText(a.User))
	}
	after, err := Parse(path, append(bytes.Clone(data), b.String()...))
	if err != nil {
		return "", err
	}
	if _, added := after.Profiles[a.Name]; !added {
		return "", &Error{Path: path, Reason: fmt.Sprintf("a profile cannot be called %q", a.Name)}
	}
	return b.String(), nil
}

// tomlKey writes a part of a key, in quotes if it needs them.
func tomlKey(name string) string {
	if regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(name) {
		return name
	}
	return tomlText(name)
}

// tomlText writes a text in quotes. Every escape of JSON is one of TOML.
func tomlText(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string can always be encoded
	return strings.TrimSuffix(b.String(), "\n")
}
