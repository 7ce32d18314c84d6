package topics

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// retries has SNS post again for about half an hour to an endpoint that is down or
// answers with 5xx: thrice at once, twice after five seconds, then ever more slowly, and at
// last every two minutes. SNS tries for an hour at most, and by default for a minute
// (Amazon SNS Developer Guide, "Amazon SNS message delivery retries").
const retries = `{"healthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":120,"numRetries":25,` +
	`"numNoDelayRetries":3,"numMinDelayRetries":2,"numMaxDelayRetries":12,"backoffFunction":"exponential"}}`

// confirmationMinutes is how long an endpoint may take to confirm: PagerDuty and Opsgenie
// take seconds.
const confirmationMinutes = 5

// subscribe subscribes a topic's addresses and endpoints. An address stays unconfirmed
// until somebody follows the link in the message that AWS sends there.
func (b builder) subscribe(topic string) error {
	of := b.args.Subscriptions[topic]
	for _, address := range of.Email {
		if _, err := sns.NewTopicSubscription(b.ctx, b.name+"-"+topic+"-"+address, &sns.TopicSubscriptionArgs{
			Topic:    b.topics.ARNs[topic],
			Protocol: pulumi.String("email"),
			Endpoint: pulumi.String(address),
		}, pulumi.Parent(b.topics)); err != nil {
			return err
		}
	}
	for _, endpoint := range of.HTTPS {
		if _, err := sns.NewTopicSubscription(b.ctx, b.name+"-"+topic+"-"+endpoint.Name, &sns.TopicSubscriptionArgs{
			Topic:                        b.topics.ARNs[topic],
			Protocol:                     pulumi.String("https"),
			Endpoint:                     b.endpoint(endpoint),
			EndpointAutoConfirms:         pulumi.Bool(true),
			ConfirmationTimeoutInMinutes: pulumi.Int(confirmationMinutes),
			DeliveryPolicy:               pulumi.String(retries),
			RawMessageDelivery:           pulumi.Bool(false), // PagerDuty and Opsgenie read SNS' envelope
		}, pulumi.Parent(b.topics), pulumi.AdditionalSecretOutputs(secretOutputs(endpoint))); err != nil {
			return err
		}
	}
	return nil
}

// secretOutputs: what AWS gives back of a secret is one, too.
func secretOutputs(endpoint config.HTTPSEndpoint) []string {
	if endpoint.SecretName == "" {
		return nil
	}
	return []string{"endpoint"}
}

// endpoint is an endpoint's URL. One that is a secret is read when the program runs, and
// kept encrypted in the state.
func (b builder) endpoint(of config.HTTPSEndpoint) pulumi.StringInput {
	if of.SecretName == "" {
		return pulumi.String(of.URL)
	}
	secret := secretsmanager.LookupSecretVersionOutput(b.ctx, secretsmanager.LookupSecretVersionOutputArgs{
		SecretId: pulumi.String(of.SecretName),
	}, pulumi.Parent(b.topics)) // and so the component's provider: there is no default one
	return pulumi.ToSecret(secret.SecretString().ApplyT(func(text string) (string, error) {
		return endpointOf(of.SecretName, text)
	})).(pulumi.StringOutput)
}

// endpointOf is the URL that a secret holds. The error names the secret and not what is in it.
func endpointOf(secret, text string) (string, error) {
	text = strings.TrimSpace(text)
	if problem := config.HTTPSProblem(text); problem != "" {
		return "", fmt.Errorf("secret %s: its text (not shown) %s: store the endpoint's URL as the secret's text, with nothing around it", secret, problem)
	}
	return text, nil
}
