package firewall

// application is what the app tier serves.
func (b *builder) application() service {
	return service{"application", "Application", tcp, b.args.ApplicationPort}
}

// publicRules: the internet on 443 and 80, the administrators on the test
// listener, and on to the app tier.
func (b *builder) publicRules() error {
	if list := b.args.Internet.PrefixListID; list != "" {
		// 443 alone: two rules of CloudFront's list are more than a group takes.
		if err := b.admit(b.public, https, inPrefixList(list)); err != nil {
			return err
		}
	}
	for _, prefix := range b.args.Internet.CIDRs {
		for _, s := range []service{https, http} {
			if err := b.admit(b.public, s, inRange(prefix, "range")); err != nil {
				return err
			}
		}
	}
	for _, prefix := range b.args.TestRanges {
		if err := b.admit(b.public, test, inRange(prefix, "devops range")); err != nil {
			return err
		}
	}
	return b.connect(b.public, b.app, b.application())
}

// internalRules: the app tier on 443, and back to it. The peering stack adds the
// app tiers of the peers.
func (b *builder) internalRules() error {
	if err := b.admit(b.internal, https, b.app.peer()); err != nil {
		return err
	}
	return b.connect(b.internal, b.app, b.application())
}

// appRules: administration where it is open, and the ways out. The load
// balancers' and the stores' ends are with those.
func (b *builder) appRules() error {
	for _, prefix := range b.args.AdminRanges {
		for _, s := range []service{ssh, rdp} {
			if err := b.admit(b.app, s, inRange(prefix, "devops range")); err != nil {
				return err
			}
		}
	}
	out := []service{https}
	if b.args.OutboundHTTP {
		out = append(out, http)
	}
	for _, s := range out {
		if err := b.send(b.app, s, internet); err != nil {
			return err
		}
	}
	vpc := inRange(b.args.VPCCIDR, "the VPC")
	vpc.name = "vpc"
	for _, s := range []service{dnsUDP, dnsTCP} {
		if err := b.send(b.app, s, vpc); err != nil {
			return err
		}
	}
	return nil
}

// endpointRules: HTTPS from the app tier.
func (b *builder) endpointRules() error {
	return b.admit(b.endpoints, https, b.app.peer())
}

// storeRules: each store's port from the app tier, and nothing from the stores.
func (b *builder) storeRules() error {
	for i, store := range b.args.Stores {
		if err := b.connect(b.app, b.stores[i], service{store.Name, "Connections", tcp, store.Port}); err != nil {
			return err
		}
	}
	return nil
}
