package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"joltui/internal/printable"
)

// readyTime is how long a node may take until it listens.
const readyTime = 30 * time.Second

// clusterUser is whom nodes log in to one another as.
const clusterUser = "node"

// options are the flags about the node.
type options struct {
	name, store, listen, routes, secret, config string
}

// hosts are those of --routes.
func (o options) hosts() []string {
	if o.routes == "" {
		return nil
	}
	return strings.Split(o.routes, ",")
}

// replicas is how many nodes keep a message.
func (o options) replicas() int {
	if len(o.hosts()) >= 3 {
		return 3
	}
	return 1
}

// check returns what is wrong with the flags.
func (o options) check() error {
	switch {
	case o.store == "":
		return errors.New("--store is missing: name a folder that is the node's own")
	case o.listen == "" && o.routes == "":
		return nil
	case o.listen == "":
		return errors.New("--routes needs --cluster-listen, where other nodes reach this one")
	case o.name == "":
		return errors.New("--node is missing: give each node a name of its own, and the same at each start")
	case o.config != "":
		return nil // which may have TLS
	}
	host, _, err := net.SplitHostPort(o.listen)
	if err != nil {
		return fmt.Errorf("--cluster-listen must be HOST:PORT: %w", err)
	}
	if ip := net.ParseIP(host); o.secret == "" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("whoever reaches %s could join the cluster: make a password, and name its file with --cluster-password-file", o.listen)
	}
	return nil
}

// node is a node of NATS in this process, and how the broker reaches it.
type node struct {
	*server.Server
	url, user, password string
}

// start starts the node. Clients other than the broker of this process cannot log in.
func (o options) start() (*node, error) {
	opts := &server.Options{}
	if o.config != "" {
		var err error
		if opts, err = server.ProcessConfigFile(o.config); err != nil {
			return nil, fmt.Errorf("--nats-config: %w", err)
		}
	}
	opts.NoSigs, opts.JetStream, opts.StoreDir = true, true, o.store
	n := &node{user: "broker", password: rand.Text()}
	if o.config == "" {
		opts.Host, opts.Port = "127.0.0.1", server.RANDOM_PORT
		opts.Username, opts.Password = n.user, n.password
	}
	if o.name != "" {
		opts.ServerName = o.name
	}
	if err := o.join(opts); err != nil {
		return nil, err
	}
	s, err := server.NewServer(opts)
	if err != nil {
		return nil, err
	}
	s.SetLoggerV2(logger{log.New(os.Stderr, "nats: ", log.LstdFlags)}, false, false, false)
	s.Start()
	if !s.ReadyForConnections(readyTime) {
		s.Shutdown()
		return nil, fmt.Errorf("the node of NATS does not listen after %v: see above", readyTime)
	}
	n.Server, n.url = s, "nats://"+s.Addr().String()
	return n, nil
}

// join has the node be one of a cluster.
func (o options) join(opts *server.Options) error {
	if o.listen == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(o.listen)
	if err != nil {
		return fmt.Errorf("--cluster-listen must be HOST:PORT: %w", err)
	}
	opts.Cluster.Name, opts.Cluster.Host = "joltui", host
	if opts.Cluster.Port, err = strconv.Atoi(port); err != nil {
		return fmt.Errorf("--cluster-listen must be HOST:PORT: %w", err)
	}
	var login *url.Userinfo
	if o.secret != "" {
		text, err := os.ReadFile(o.secret)
		if err != nil {
			return fmt.Errorf("--cluster-password-file: %w", err)
		}
		password := strings.TrimSpace(string(text))
		if password == "" {
			return fmt.Errorf("--cluster-password-file: %s is empty", o.secret)
		}
		opts.Cluster.Username, opts.Cluster.Password = clusterUser, password
		login = url.UserPassword(clusterUser, password)
	}
	opts.Routes = nil
	for _, host := range o.hosts() {
		if _, _, err := net.SplitHostPort(host); err != nil {
			return fmt.Errorf("--routes must be HOST:PORT,HOST:PORT,…: %w", err)
		}
		opts.Routes = append(opts.Routes, &url.URL{Scheme: "nats", Host: host, User: login})
	}
	return nil
}

// stop ends the node; what it leads it hands over first.
func (n *node) stop() {
	n.LameDuckShutdown()
	n.WaitForShutdown()
}

// logger writes what goes wrong.
type logger struct{ to *log.Logger }

func (l logger) line(format string, v []any) { l.to.Print(printable.Line(fmt.Sprintf(format, v...))) }

func (l logger) Noticef(string, ...any)         {}
func (l logger) Debugf(string, ...any)          {}
func (l logger) Tracef(string, ...any)          {}
func (l logger) Warnf(format string, v ...any)  { l.line(format, v) }
func (l logger) Errorf(format string, v ...any) { l.line(format, v) }
func (l logger) Fatalf(format string, v ...any) { l.line(format, v) }
