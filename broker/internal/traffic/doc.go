// Package traffic counts what is published to each topic, and by how many it is
// subscribed to, while somebody wants to know. It may import
// internal/system.
package traffic
