package keys

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"joltui/internal/printable"
	"joltui/internal/topiclist"
)

// option is one of those before a key.
type option struct {
	name, value string
	hasValue    bool
}

// splitOptions splits name,name="value",…
func splitOptions(text string) ([]option, error) {
	var options []option
	for {
		end := strings.IndexAny(text, `,="`)
		if end < 0 {
			end = len(text)
		}
		o := option{name: text[:end]}
		text = text[end:]
		if strings.HasPrefix(text, "=") {
			if len(text) < 2 || text[1] != '"' {
				return nil, fmt.Errorf(`the value of %s has to be in double quotes`, quote(o.name))
			}
			o.hasValue = true
			var closed bool
			if o.value, text, closed = unquote(text[2:]); !closed {
				return nil, errors.New("the quote is not closed")
			}
		}
		if o.name == "" {
			return nil, errors.New("an option is empty: there is a comma too many before the key, or the type of the key is missing")
		}
		options = append(options, o)
		if text == "" {
			return options, nil
		}
		if text[0] != ',' {
			return nil, fmt.Errorf("put a comma or a blank behind the option %s", quote(o.name))
		}
		text = text[1:]
	}
}

// unquote returns what is before the next double quote, and what is behind it. \" is a quote
// within the value.
func unquote(text string) (value, rest string, closed bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			return b.String(), text[i+1:], true
		case text[i] == '\\' && i+1 < len(text) && text[i+1] == '"':
			i++
		}
		b.WriteByte(text[i])
	}
	return "", "", false
}

func (e *entry) setOptions(text string) error {
	options, err := splitOptions(text)
	if err != nil {
		return err
	}
	seen := make(map[string]bool)
	for _, o := range options {
		name := strings.ToLower(o.name) // as sshd does
		if seen[name] {
			return fmt.Errorf("the option %s is there twice", quote(o.name))
		}
		seen[name] = true
		if err := e.set(name, o); err != nil {
			return err
		}
	}
	if seen["principals"] && !e.authority {
		return errors.New("principals= needs cert-authority: it says which of the certificates of an authority are let in")
	}
	return nil
}

// set carries out an option whose name is in lower case.
func (e *entry) set(name string, o option) (err error) {
	flag := true
	switch name {
	case "publish":
		e.grant.Publish = true
	case "cert-authority":
		e.authority = true
	case "no-touch-required":
		e.noTouch = true
	case "restrict", "no-port-forwarding", "no-agent-forwarding", "no-x11-forwarding", "no-pty", "no-user-rc":
		// There is nothing here that they would take away: a pty is only the viewer's own terminal.
	default:
		flag = false
	}
	switch {
	case flag && o.hasValue:
		return fmt.Errorf("the option %s has no value", quote(o.name))
	case flag:
		return nil
	}
	var set func(string) error
	switch name {
	case "topics":
		set = e.setTopics
	case "profile":
		set = e.setProfile
	case "from":
		set = e.setFrom
	case "expiry-time":
		set = e.setExpiry
	case "principals":
		set = e.setPrincipals
	default:
		return fmt.Errorf("%s is neither a type of key nor an option that joltui knows", quote(o.name))
	}
	if o.value == "" {
		return fmt.Errorf(`the option %s needs a value: %s="…"`, o.name, o.name)
	}
	return set(o.value)
}

func (e *entry) setTopics(value string) error {
	words, err := topiclist.Split(value)
	if err != nil {
		return fmt.Errorf("topics=: %w", err)
	}
	for _, w := range words {
		if w.Kind != 0 {
			return fmt.Errorf("topics=: %s is no topic: files and groups mean nothing here", quote(string(w.Kind)+w.Text))
		}
		e.grant.Topics = append(e.grant.Topics, w.Text)
	}
	if len(words) == 0 {
		return errors.New("topics=: there is no topic in it")
	}
	return nil
}

func (e *entry) setProfile(value string) error {
	if printable.Line(value) != value {
		return fmt.Errorf("profile=: %s has characters that cannot be shown", quote(value))
	}
	e.grant.Profile = value
	return nil
}

func (e *entry) setPrincipals(value string) error {
	for name := range strings.SplitSeq(value, ",") {
		if name == "" || printable.Line(name) != name {
			return fmt.Errorf("principals=: %s is no name", quote(name))
		}
		e.principals = append(e.principals, name)
	}
	return nil
}

func (e *entry) setFrom(value string) (err error) {
	e.from, err = networks(value)
	if err != nil {
		return fmt.Errorf("from=: %w", err)
	}
	return nil
}

// networks reads addresses and networks with commas between them.
func networks(list string) (all []netip.Prefix, err error) {
	for word := range strings.SplitSeq(list, ",") {
		word = strings.TrimSpace(word)
		network, err := netip.ParsePrefix(word)
		if err != nil {
			address, err := netip.ParseAddr(word)
			if err != nil || address.Zone() != "" {
				return nil, fmt.Errorf("%s is neither an address nor a network such as 10.0.0.0/8; names and * are not known here", quote(word))
			}
			network = netip.PrefixFrom(address, address.BitLen())
		}
		if network.Addr().Is4In6() {
			return nil, fmt.Errorf("write %s as IPv4", quote(word))
		}
		all = append(all, network.Masked())
	}
	return all, nil
}

// setExpiry reads the time as sshd does: YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, of the
// local time zone, or of UTC with a Z behind it.
func (e *entry) setExpiry(value string) error {
	digits, utc := strings.CutSuffix(value, "Z")
	zone := time.Local
	if utc {
		zone = time.UTC
	}
	for _, layout := range []string{"20060102", "200601021504", "20060102150405"} {
		if len(digits) != len(layout) {
			continue
		}
		if t, err := time.ParseInLocation(layout, digits, zone); err == nil {
			e.grant.Until = t
			return nil
		}
	}
	return fmt.Errorf("expiry-time=: %s is no time such as 20271231, 202712311800 or 202712311800Z", quote(value))
}
