package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"testing"
	"time"

	"example.com/app/internal/selfsigned"
)

// writePair writes a certificate and its key as files.
func writePair(t *testing.T, cert, key string) {
	t.Helper()
	made, err := selfsigned.Certificate(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(made.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{
		cert: {Type: "CERTIFICATE", Bytes: made.Certificate[0]}, key: {Type: "PRIVATE KEY", Bytes: secret},
	} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
