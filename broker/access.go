package broker

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"joltui/broker/internal/login"
	"joltui/internal/pattern"
	"joltui/internal/system"
	"joltui/jolt"
)

// access is who may log in. A nil *access lets everybody do everything.
type access struct {
	accounts map[string]*account
	stranger *login.Credential // verified for unknown names, so that they take as long
	digest   string            // the same for the same users with the same passwords and permissions
}

// account is a user, ready to be checked. The nil *account is anonymous.
type account struct {
	name       string
	hash       login.Hash
	credential *login.Credential
	permissions
}

// permissions are what an account may do. The zero value may do nothing.
type permissions struct {
	admin              bool
	publish, subscribe grants
}

// grants are topics, and where patterns are understood, patterns.
type grants struct {
	exact    map[string]bool
	patterns []string
}

// allow reports whether all of a topic, or pattern, is granted, by one of the grants. What
// is the broker's own is granted by its very name.
func (g grants) allow(name string) bool {
	if g.exact[name] {
		return true
	}
	if len(g.patterns) == 0 || system.Owned(name) {
		return false
	}
	return slices.ContainsFunc(g.patterns, func(p string) bool { return pattern.Covers(p, name) })
}

func (g *grants) add(name string, patterns bool) {
	if g.exact == nil {
		g.exact = make(map[string]bool)
	}
	if g.exact[name] = true; patterns && pattern.Is(name) {
		g.patterns = append(g.patterns, name)
	}
}

// grant adds a permission as the configuration writes it and returns what is
// wrong with it, or "".
func (p *permissions) grant(text string, patterns bool) string {
	if text == "admin" {
		p.admin = true
		return ""
	}
	verb, topic, _ := strings.Cut(text, ":")
	var topics *grants
	switch verb {
	case "publish":
		topics = &p.publish
	case "subscribe":
		topics = &p.subscribe
	}
	if topics == nil || topic == "" {
		return fmt.Sprintf(`permission %q is none of "admin", "publish:<topic>" and "subscribe:<topic>"`, text)
	}
	if !patterns && strings.Contains(topic, "*") {
		return fmt.Sprintf(`permission %q would grant only a topic of that very name: patterns are off; name each topic, use "admin", or set "patterns": true`, text)
	}
	if err := pattern.Check(topic); patterns && err != nil {
		return fmt.Sprintf("permission %q: %v", text, err)
	}
	topics.add(topic, patterns)
	return ""
}

// newAccess returns what is wrong with the users as its second result, or "".
func newAccess(users []User, patterns bool) (*access, string) {
	a := &access{accounts: make(map[string]*account, len(users)), digest: digest(users)}
	iterations := 1
	for _, u := range users {
		acc := &account{name: u.Name}
		if u.Name == "" {
			return nil, `a user needs a "name"`
		}
		if a.accounts[u.Name] != nil {
			return nil, fmt.Sprintf("user %q comes twice: keep one", u.Name)
		}
		var err error
		if acc.hash, err = login.ParseHash(u.PasswordHash); err != nil {
			return nil, fmt.Sprintf(`the "password_hash" of user %q %v`, u.Name, err)
		}
		for _, text := range u.Permissions {
			if reason := acc.grant(text, patterns); reason != "" {
				return nil, reason
			}
		}
		iterations = max(iterations, acc.hash.Iterations())
		a.accounts[u.Name] = acc
	}
	a.stranger = login.NewCredential(login.NewHash(iterations), iterations)
	for _, acc := range a.accounts {
		acc.credential = login.NewCredential(acc.hash, iterations)
	}
	return a, ""
}

// digest returns the same for the same users, in whatever order they and their permissions
// are listed. From its 64 bits nothing can be learned about a password.
func digest(users []User) string {
	users = slices.Clone(users)
	slices.SortFunc(users, func(a, b User) int { return strings.Compare(a.Name, b.Name) })
	sum := sha256.New()
	for _, u := range users {
		permissions := slices.Sorted(slices.Values(u.Permissions))
		fmt.Fprintf(sum, "%q %q %q\n", u.Name, u.PasswordHash, slices.Compact(permissions))
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// rights returns the same for brokers that let the same users do the same. What
// Config.Permit decides is not known.
func (b *Broker) rights() string {
	text := "open"
	if a := b.access.Load(); a != nil {
		text = a.digest
	}
	if b.cfg.Patterns {
		text += " patterns"
	}
	return text
}

// credential returns what a password of name is checked against.
func (a *access) credential(name string) *login.Credential {
	if acc := a.accounts[name]; acc != nil {
		return acc.credential
	}
	return a.stranger
}

// mayPublish returns nil if the account may publish to topic.
func (b *Broker) mayPublish(a *account, topic string) *refusal {
	if b.permits(a, jolt.OpPublish, topic, a == nil || a.admin || a.publish.allow(topic)) {
		return nil
	}
	return refuse(jolt.CodeForbidden, "publish:%s is not granted to %s", topic, a.who())
}

// maySubscribe returns nil if the account may subscribe to topic.
func (b *Broker) maySubscribe(a *account, topic string) *refusal {
	if b.permits(a, jolt.OpSubscribe, topic, a == nil || a.admin || a.subscribe.allow(topic)) {
		return nil
	}
	return refuse(jolt.CodeForbidden, "subscribe:%s is not granted to %s", topic, a.who())
}

// permits asks Config.Permit if there is one; else what was granted counts.
func (b *Broker) permits(a *account, op jolt.Op, topic string, granted bool) bool {
	if b.cfg.Permit == nil {
		return granted
	}
	name := ""
	if a != nil {
		name = a.name
	}
	return b.cfg.Permit(name, op, strings.Clone(topic))
}

func (a *account) who() string {
	if a == nil {
		return "anonymous clients"
	}
	return a.name
}
