// Package login checks passwords for a broker, and keeps those who try many from
// costing everybody else. It imports the standard library only.
//
// To verify a password takes 150 ms of a processor on purpose, so that a stolen
// hash is hard to break. That makes logins the dearest thing that a stranger can
// ask for. A [Gate] spends it with care:
//
//   - A password that was verified is remembered, as an HMAC under a key that is
//     random for each process and never leaves it. A thousand clients of one user
//     that come back at once cost one verification.
//   - Those who try the same user and password at the same time share it.
//   - A few are verified at a time, in small slices that give way to messages; some
//     dozens wait, the addresses they come from in turn. Any more are told at once
//     that the gate is busy, and when to come again.
//   - Tries that fail are limited for each user at each address, and for each
//     address. Each try that could tell that a password is not the remembered one
//     counts, also where it is not verified, so that a wrong password never becomes
//     cheaper to try.
//   - An unknown user takes the same way, and as long, as a wrong password.
//
// gate.go decides, queue.go has those who wait, throttle.go counts what failed,
// and hash.go is a stored password.
package login
