package config

// accountSections are the keys of the accounts' namespace; stacks/account/Pulumi.yaml declares each.
var accountSections = []string{"baseline", "delivery", "tags"}

// DecodeAccount reads the configuration of an account's stack, in the form that [Decode]
// takes. The error is of type [Problems] and holds everything that is wrong.
func DecodeAccount(stack string, values map[string]string) (*Account, error) {
	account, r := readAccount(stack, values)
	if problems := r.join(account.validate(stack)); len(problems) > 0 {
		return nil, problems
	}
	return &account, nil
}

// readAccount reads what can be read, and does not validate it.
func readAccount(stack string, values map[string]string) (Account, *reading) {
	r := &reading{}
	account := Account{Environment: environmentOf(stack), AWS: r.aws(stack, values)}
	sections := r.sections(AccountProjectName, values, accountSections)
	account.Baseline = defaultBaseline(account.Environment)
	r.section("baseline", sections["baseline"], &account.Baseline)
	r.section("delivery", sections["delivery"], &account.Delivery)
	r.section("tags", sections["tags"], &account.Tags)
	return account, r
}
