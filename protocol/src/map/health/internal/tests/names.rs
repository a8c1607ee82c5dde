//! Names of stages as real maps have them, each to be judged by itself.

/// Stage names that speak of the organisation's process, by whose process it is.
pub(super) const INTERNAL: &[(&str, &[&str])] = &[
    (
        "the sales pipeline",
        &[
            "MQL", "mql", "MQLs", "SQL", "SAL", "MQL → SQL", "Stage 1: MQL", "BANT", "Lead",
            "Leads", "New lead", "Warm leads", "Lead generation", "Lead nurturing",
            "Lead-Qualifizierung / Lead scoring", "Lead capture form", "Leads and prospects",
            "Qualify the lead", "Lead to cash", "Pipeline", "Pipeline review", "Sales pipeline",
            "Prospect", "Prospecting", "Prospect outreach", "Qualified", "Qualification",
            "Sales qualified", "Disqualified", "Opportunity", "Opportunity created", "Hand-off",
            "Handoff", "Hand off to CS", "Sales handover", "Handover to delivery", "Closed won",
            "Closed-Won", "CLOSED LOST", "Deal closed", "Demo scheduled", "Discovery call",
            "SDR outreach", "Cold outreach", "Proposal sent", "Pre-sales", "After-sales", "Lead-in",
            "Lead follow-up", "Opp created", "Negotiation/Review", "Sales Accepted Lead (SAL)",
            "Contract signed (Closed Won)", "Post-sale handoff", "CS handoff",
            "Implementation handover", "Prospect identification", "Pipeline generation",
            "Deal closing", "Win/Loss", "Product-qualified lead", "Sales",
        ],
    ),
    (
        "the marketing funnel",
        &[
            "Conversion", "Free trial conversion", "Checkout conversion rate", "Top of funnel",
            "TOFU", "Demand generation", "Brand awareness", "Account-based marketing",
            "Customer advocacy", "Reactivation", "Customer acquisition", "Acquisition", "Nurture",
            "Nurture campaign", "Retargeting", "Segmentation", "Cart abandonment", "Drip campaign",
            "Re-engagement", "User activation", "Marketing",
        ],
    ),
    (
        "the support desk",
        &[
            "Ticket", "Tickets", "Onboarding ticket", "Support ticket", "Create ticket",
            "Ticket escalation", "L1 support", "Case creation", "Tier-2 escalation",
            "Service delivery", "Ticket triage", "Ticket closed", "Escalate the ticket", "Tier 2",
            "Tier 1 support", "Level 2 support", "L2 escalation", "Second line support",
            "Escalation", "Incident management", "SLA breach", "First contact resolution",
            "Case management", "Call deflection", "CSAT survey",
        ],
    ),
    (
        "product development",
        &[
            "Backlog", "Sprint planning", "MVP", "UAT", "User story mapping", "Provisioning",
            "Account provisioning", "Feature adoption", "Time to value", "Hypercare",
        ],
    ),
    (
        "account management",
        &[
            "Upsell", "Up-sell", "Upselling", "Cross-sell", "Churn", "Churned", "Churn prevention",
            "Retention", "Win-back", "QBR", "Renewal forecast", "Renewal pipeline",
            "Account review", "Account expansion", "Customer success", "Customer onboarding",
            "Client onboarding", "Customer retention", "Net revenue retention", "Churn & win-back",
            "Renewal (ARR)", "Client intake", "Land and expand", "NPS",
        ],
    ),
    (
        "back-office work",
        &[
            "Order to cash", "Quote-to-cash", "Accounts receivable", "Dunning", "Invoice run",
            "Order fulfilment", "Fulfillment", "Order processing", "KYC check", "Underwriting",
            "Credit underwriting", "Loan processing", "Claims adjudication", "Onboarding KYC",
            "Claims handling", "Policy issuance", "Loan origination", "Internal approval",
            "Back office", "Tenant screening", "Candidate screening", "Talent acquisition",
            "Patient throughput", "Eligibility determination",
        ],
    ),
];

/// Stage names in customers' words, by where they come from.
pub(super) const CUSTOMERS: &[(&str, &[&str])] = &[
    (
        "retail",
        &[
            "Order", "Ordering", "Placing the order", "Checkout", "Delivery",
            "Waiting for delivery", "Order and delivery", "Return", "Returns", "Sending it back",
            "Unboxing", "Lead time", "Lead-free paint", "Leads and cables",
            "Deal with the insurance", "January sales", "Farmers market", "Sales assistant helps",
            "Customer service call", "Calling customer support", "Member card arrives",
            "Return flight", "Hunting for a good deal", "Leads me to the shop", "Comparing prices",
            "Trying it on", "Buying again", "Account", "Loyalty card",
        ],
    ),
    (
        "banking",
        &[
            "Qualified for the mortgage", "Qualifying for a loan", "Closed account",
            "Convert my account", "Opening an account", "Currency conversion", "Account support",
            "Paying bills", "Interest on the loan", "Retention of title",
            "Closing the deal on the house", "Closing day", "Contract", "Quote", "Invoice",
            "Case closed at last", "Closing", "Moving my savings",
        ],
    ),
    (
        "health",
        &[
            "Noticing something is wrong", "Triage", "Referral", "Waiting for the results",
            "Seeing the consultant", "Patient handover at the bedside", "Going home",
            "Water retention", "Follow-up", "Referral to a specialist", "Retention in the bladder",
            "Triage queue at the hospital", "Operations theatre", "Intake of food",
            "Patient support", "Discharge", "Escalated pain", "Treatment", "Intake interview",
            "Internal medicine", "Breast awareness class", "My stomach churns",
        ],
    ),
    (
        "travel",
        &[
            "My ticket to Rome", "Buying a ticket", "Ticket machine", "Ticket to the game",
            "Ticket office", "Tickets and seats", "Seat assignment", "The operation",
            "Tour guide leads us", "Boarding", "Check-in", "Outbound flight", "Packing",
            "At the gate", "Booking", "Tier 2 visa", "Losing the ticket",
        ],
    ),
    (
        "housing",
        &[
            "Search", "Viewing", "Waiting for an answer", "Signing and moving in",
            "Getting the keys", "Handing over the keys", "Key handover", "Handover of keys",
            "Hand over the car", "House conversion", "Tenant moves in", "Pipeline bursts",
            "First month", "Loft conversion", "Lead pipe replaced", "Negotiating the rent",
        ],
    ),
    (
        "software",
        &[
            "Demo", "Sign-up", "Signing up", "Free trial", "Onboarding", "Support", "Getting help",
            "User manual", "Account login", "Contract renewal",
            "Support ticket answered by a person", "Waiting for IT", "Discovery", "Implementation",
            "Trial run", "Opening a ticket", "Raising a support ticket", "Renewal", "Renewing",
            "Cancelling", "Setting it up", "Upgrade", "Go-live", "Learning SQL",
            "Telling a colleague",
        ],
    ),
    (
        "public services",
        &[
            "Finding out what I am entitled to", "Applying", "Application", "Proving who I am",
            "Decision", "Appeal", "Escalating my complaint", "Getting the card",
            "Case opened by police", "Court case", "Opportunity to complain",
            "Renewing my passport", "Level 2 exam", "Decision letter", "The campaign trail",
            "Finding a book", "Reading and returning", "Registering", "Parking ticket arrives",
        ],
    ),
    (
        "work and study",
        &[
            "Waking at three", "Taking over the ward", "The morning rush",
            "Qualified nurse at last", "Newly qualified", "Lead guitar lesson",
            "Leading my first team", "Job prospects", "Employee onboarding",
            "Student onboarding week", "Candidate interview", "The lead nurse", "Taking the lead",
            "Shift handover", "Am I qualified?", "Prospective parents visit", "Demo lesson",
            "Team assignment", "Success", "Open day", "Enrolling", "Exam", "Graduation",
            "Career opportunities fair", "Sprint to the tram", "Summer sales",
        ],
    ),
    (
        "other languages",
        &[
            "Suche", "Besichtigung", "Warten auf Antwort", "Recherche", "Compra", "Sal y pimienta",
            "Après l'achat", "Leden werven", "Ticket kaufen", "探す", "اختيار", "Ожидание",
        ],
    ),
    ("nothing", &["", " ", "…", "3", "Stage 2", "👩‍👩‍👧"]),
];
