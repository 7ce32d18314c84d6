package topics

// Endpoint is for the test of what a secret may hold: the offline graph's holds a URL.
var Endpoint = endpointOf
