package secretservice

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
)

// maxRequest bounds what is read of one request, in bytes.
const maxRequest = 64 << 20

// call makes a handler of a function from the request's JSON to the answer.
func call[In any](answer func(In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		body, err := plainBody(r)
		if err == nil {
			err = json.NewDecoder(io.LimitReader(body, maxRequest)).Decode(&in)
		}
		if err != nil {
			fail(w, http.StatusBadRequest, "request: "+err.Error())
			return
		}
		out, err := answer(in)
		if err != nil {
			fail(w, http.StatusBadRequest, err.Error())
			return
		}
		respond(w, out)
	}
}

// plainBody undoes the compression that the engine applies to bulk requests.
func plainBody(r *http.Request) (io.Reader, error) {
	if r.Header.Get("Content-Encoding") != "gzip" {
		return r.Body, nil
	}
	return gzip.NewReader(r.Body)
}
