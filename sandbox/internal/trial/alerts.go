package trial

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/subscriber"
	"aws-platform/sandbox/internal/supervise"
)

// tell publishes to the topics that page, as an alarm does, and wants each message to have
// reached the HTTPS subscriber, once.
func (t *Trial) tell(ctx context.Context) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	var sent []subscriber.Message
	for _, environment := range environments {
		account, err := layout.AccountOf(environment)
		if err != nil {
			return err
		}
		for _, topic := range []string{environment + "-critical", environment + "-security", "platform-security"} {
			message := subscriber.Message{
				TopicARN: "arn:aws:sns:" + layout.Region + ":" + account.ID + ":" + topic, Message: "a test of " + topic + " in " + account.ID,
			}
			var ignored any
			if err := collector.Ask(ctx, &ignored, environment, "sns", "publish", "--topic-arn", message.TopicARN, "--message", message.Message); err != nil {
				return err
			}
			sent = append(sent, message)
		}
	}
	text, err := os.ReadFile(t.Layout.SubscriberLog())
	if err != nil {
		return err
	}
	if err := heard(string(text), sent); err != nil {
		return err
	}
	t.Printer.Linef("     %d messages, each heard once by HTTPS: %s", len(sent), t.Layout.SubscriberLog())
	return nil
}

// heard wants each message once in the subscriber's log.
func heard(log string, wanted []subscriber.Message) error {
	count := map[subscriber.Message]int{}
	for line := range strings.Lines(log) {
		var found subscriber.Message
		if err := json.Unmarshal([]byte(line), &found); err != nil {
			return fmt.Errorf("log of the subscriber: %w", err)
		}
		count[subscriber.Message{TopicARN: found.TopicARN, Message: found.Message}]++
	}
	var problems []error
	for _, message := range wanted {
		if n := count[message]; n != 1 {
			problems = append(problems, fmt.Errorf("%q to %s: found it %d times at the subscriber, wanted once", message.Message, message.TopicARN, n))
		}
	}
	return errors.Join(problems...)
}

// endpointHidden wants the subscriber's URL, which is a secret, nowhere in the stacks' states
// and the logs as it is, and in the opened export of the first environment: it was there to hide.
func (t *Trial) endpointHidden() error {
	record, err := supervise.Read(t.Layout)
	if err != nil {
		return err
	}
	secret := keyOf(record.Subscriber)
	export := t.export(environments[0])
	if text, err := os.ReadFile(export); err != nil || !strings.Contains(string(text), secret) {
		return errors.Join(err, fmt.Errorf("%s: found no endpoint of the subscriber, wanted it where secrets are opened", export))
	}
	for _, folder := range []string{t.Layout.State(), t.Layout.Log()} {
		if err := without(folder, secret); err != nil {
			return err
		}
	}
	return nil
}

// keyOf is the key in a subscriber's URL, https://host/integration/<key>/enqueue.
func keyOf(address string) string {
	parts := strings.Split(address, "/")
	if len(parts) < 2 {
		return address
	}
	return parts[len(parts)-2]
}

// without wants a text in no line of no file of a folder, and does not repeat it.
func without(folder, secret string) error {
	var problems []error
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		lines := bufio.NewReader(file)
		for {
			line, end := lines.ReadString('\n')
			if strings.Contains(line, secret) {
				problems = append(problems, fmt.Errorf("%s: found the subscriber's URL in plaintext", path))
				return nil
			}
			if end != nil {
				return nil
			}
		}
	})
	return errors.Join(append(problems, err)...)
}
