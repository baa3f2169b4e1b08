package serve

import (
	"net"
	"os"
)

// notifyReady tells a service manager that the broker listens, if it has asked for that as
// systemd does with Type=notify: see sd_notify(3).
func notifyReady() error {
	name := os.Getenv("NOTIFY_SOCKET")
	if name == "" {
		return nil
	}
	conn, err := net.Dial("unixgram", name)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("READY=1\n"))
	return err
}
