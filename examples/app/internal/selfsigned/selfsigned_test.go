package selfsigned_test

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.com/app/internal/selfsigned"
)

func TestACallerThatTrustsTheCertificateIsAnswered(t *testing.T) {
	made, err := selfsigned.Certificate(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{made}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	defer server.Close()
	leaf, err := x509.ParseCertificate(made.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{
			RootCAs: pool, ServerName: "localhost", MinVersion: version, MaxVersion: version,
		}}}
		answer, err := client.Get(server.URL)
		if err != nil {
			t.Fatalf("%s: %v", tls.VersionName(version), err)
		}
		_ = answer.Body.Close()
	}
}

func TestEachCertificateIsItsOwn(t *testing.T) {
	now := time.Now()
	one, err := selfsigned.Certificate(now)
	if err != nil {
		t.Fatal(err)
	}
	other, err := selfsigned.Certificate(now)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := x509.ParseCertificate(one.Certificate[0])
	second, _ := x509.ParseCertificate(other.Certificate[0])
	if first.Equal(second) || first.SerialNumber.Cmp(second.SerialNumber) == 0 {
		t.Error("two processes have the same certificate")
	}
	if first.NotBefore.After(now) || first.NotAfter.Before(now.AddDate(5, 0, 0)) {
		t.Errorf("valid from %s to %s", first.NotBefore, first.NotAfter)
	}
}
