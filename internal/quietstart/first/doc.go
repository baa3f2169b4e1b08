// Package first runs before any package that could look at the terminal: it imports
// only syscall, so the order in which Go initialises packages (the first by import path
// whose imports are ready) has it before time, on which os and all else depend.
package first
