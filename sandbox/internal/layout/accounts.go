package layout

import "fmt"

// Account is one AWS account of the local cloud and the environment in it.
type Account struct {
	Environment string // also the AWS CLI profile
	ID          string // twelve digits
}

// Region is where every example environment lives.
const Region = "us-east-1"

// Accounts lists the accounts of the local cloud: the table in section 3 of
// the design, repeated here because the sandbox looks at the estate from
// outside and must not read the program's own configuration.
var Accounts = []Account{
	{Environment: "dev", ID: "333333333333"},
	{Environment: "staging", ID: "444444444444"},
	{Environment: "production", ID: "111111111111"},
	{Environment: "production-pci", ID: "222222222222"},
}

// Sharing are the environments that can live in one account; each has its own as a rule.
var Sharing = []string{"dev", "staging"}

// AccountOf returns the account of an environment.
func AccountOf(environment string) (Account, error) {
	for _, account := range Accounts {
		if account.Environment == environment {
			return account, nil
		}
	}
	return Account{}, fmt.Errorf("%q is no environment: name one of dev, staging, production and production-pci", environment)
}

// DeployRole is the name of the role that the program assumes in an account.
const DeployRole = "platform-deploy"
