package machine

// unknown is how much memory there is thought to be where the system does not say.
const unknown = 1536 << 20
