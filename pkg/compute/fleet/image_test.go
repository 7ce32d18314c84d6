package fleet

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhatIsAnAMIID(t *testing.T) {
	for value, is := range map[string]bool{
		"ami-0123456789abcdef0": true, "ami-01234567": true,
		"": false, "ami-": false, "ami-0123456789abcdefg": false, "ami-0123456789abcdef01": false, "i-0123456789abcdef0": false, "x ami-01234567": false,
	} {
		assert.Equal(t, is, imageID.MatchString(value), "%q", value)
	}
}
