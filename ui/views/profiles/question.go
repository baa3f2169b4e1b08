package profiles

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"joltui/jolt"
	"joltui/ui/views/kit"
)

// Question asks for a new profile, whose name must be none of names. accept is called with
// the answer.
func Question(names []string, accept func(Draft) kit.Intent) kit.Question {
	parse := func(text string) (Draft, error) {
		add, err := parseProfile(text)
		if err == nil && slices.Contains(names, add.Name) {
			err = fmt.Errorf("there is a profile %q already", add.Name)
		}
		return add, err
	}
	return kit.Question{
		Label: "add profile ",
		Hint:  "NAME HOST:PORT [USER]",
		Check: func(text string) error {
			_, err := parse(text)
			return err
		},
		Accept: func(text string) kit.Intent {
			add, err := parse(text)
			if err != nil {
				return nil
			}
			return accept(add)
		},
	}
}

// parseProfile parses NAME HOST[:PORT] [USER].
func parseProfile(text string) (Draft, error) {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 3 {
		return Draft{}, errors.New("a name, then HOST:PORT, and who logs in if anybody")
	}
	add := Draft{Name: words[0]}
	if len(words) == 3 {
		add.User = words[2]
	}
	var err error
	add.Host, add.Port, err = parseAddr(words[1])
	return add, err
}

// parseAddr parses HOST or HOST:PORT. Without a port it is that of [jolt.DefaultAddr].
func parseAddr(text string) (host string, port int, err error) {
	_, number, _ := net.SplitHostPort(jolt.DefaultAddr)
	host = text
	if strings.Contains(text, ":") {
		if host, number, err = net.SplitHostPort(text); err != nil {
			return "", 0, fmt.Errorf("%q is not HOST:PORT", text)
		}
	}
	switch port, err = strconv.Atoi(number); {
	case err != nil || port < 1 || port > 65535:
		return "", 0, fmt.Errorf("%q is no port: it must be from 1 to 65535", number)
	case host == "" || strings.ContainsAny(host, "/@"):
		return "", 0, fmt.Errorf("%q is no host: give only a name or an address", host)
	}
	return host, port, nil
}
