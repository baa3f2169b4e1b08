// Package lastvalue keeps the latest message of some topics, within bounds.
package lastvalue
