BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('r0001');
CREATE TABLE alerts (
	id VARCHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	rule_id VARCHAR(12) NOT NULL, 
	ticker VARCHAR(32) NOT NULL, 
	bar_time VARCHAR(32) NOT NULL, 
	evaluated_at VARCHAR(32) NOT NULL, 
	story VARCHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "alerts" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',1,'11111111111111111111111111111111','aaaaaaaaaaaa','CRSR','2026-01-06T00:00:00.000000+00:00','2026-01-12T17:00:00.000000+00:00','cccccccccccccccccccccccccccccccc','CRSR closed at 25.50 USD on 2026-01-06: close crosses above 25.','{"id": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "rule_id": "aaaaaaaaaaaa", "ticker": "CRSR", "interval": "1d", "rule": "close crosses above 25", "bar_time": "2026-01-06T00:00:00+00:00", "bar_close": "2026-01-06T21:00:00+00:00", "late": false, "price": 25.5, "evidence": [{"name": "close", "value": 25.5}], "text": "CRSR closed at 25.50 USD on 2026-01-06: close crosses above 25.", "evaluated_at": "2026-01-12T17:00:00+00:00", "story": "cccccccccccccccccccccccccccccccc"}');
CREATE TABLE deliveries (
	id INTEGER NOT NULL, 
	alert_id VARCHAR(32) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	address TEXT NOT NULL, 
	secret TEXT NOT NULL, 
	template TEXT NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	attempts INTEGER NOT NULL, 
	created_at VARCHAR(32) NOT NULL, 
	tried_at VARCHAR(32), 
	not_before VARCHAR(32), 
	sent_at VARCHAR(32), 
	error TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT one_delivery_a_sink UNIQUE (alert_id, address)
);
INSERT INTO "deliveries" VALUES(1,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','file:alerts.jsonl','','','pending',0,'2026-01-12T17:00:00.000000+00:00',NULL,NULL,NULL,'');
INSERT INTO "deliveries" VALUES(2,'ffffffffffffffffffffffffffffffff','ffffffffffffffffffffffffffffffff','file:alerts.jsonl','','','pending',0,'2026-01-12T17:00:00.000000+00:00',NULL,NULL,NULL,'');
CREATE TABLE digest_members (
	"key" VARCHAR(64) NOT NULL, 
	address TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	alert_id VARCHAR(32) NOT NULL, 
	PRIMARY KEY ("key", address, position), 
	FOREIGN KEY("key", address) REFERENCES digests ("key", address) ON DELETE CASCADE
);
CREATE TABLE digests (
	"key" VARCHAR(64) NOT NULL, 
	address TEXT NOT NULL, 
	created_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY ("key", address)
);
CREATE TABLE heartbeats (
	name VARCHAR(64) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	every FLOAT, 
	note TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "heartbeats" VALUES('check','2026-01-12T17:00:00.000000+00:00',NULL,'');
CREATE TABLE outages (
	id VARCHAR(32) NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	subject TEXT NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	over_at VARCHAR(32), 
	PRIMARY KEY (id)
);
INSERT INTO "outages" VALUES('ffffffffffffffffffffffffffffffff','11111111111111111111111111111111','stale_data','yahoo','2026-01-12T17:00:00.000000+00:00','yahoo is late.',NULL);
CREATE TABLE rules (
	rule_id VARCHAR(12) NOT NULL, 
	line TEXT NOT NULL, 
	sinks TEXT NOT NULL, 
	armed_at VARCHAR(32) NOT NULL, 
	snoozed_until VARCHAR(32), 
	PRIMARY KEY (rule_id)
);
INSERT INTO "rules" VALUES('aaaaaaaaaaaa','CRSR 1d: close crosses above 25','[{"address": "file:alerts.jsonl", "secret": "", "template": ""}]','2026-01-12T17:00:00.000000+00:00',NULL);
CREATE TABLE runs (
	id VARCHAR(32) NOT NULL, 
	began VARCHAR(32) NOT NULL, 
	ended VARCHAR(32), 
	as_of VARCHAR(32) NOT NULL, 
	ok BOOLEAN NOT NULL, 
	line TEXT NOT NULL, 
	every FLOAT, 
	PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES('11111111111111111111111111111111','2026-01-12T17:00:00.000000+00:00',NULL,'2026-01-12T17:00:00.000000+00:00',0,'',NULL);
CREATE TABLE states (
	rule_id VARCHAR(12) NOT NULL, 
	checked_at VARCHAR(32), 
	history_start VARCHAR(32), 
	last_bar VARCHAR(32), 
	last_close FLOAT, 
	last_truth BOOLEAN, 
	since_fire INTEGER, 
	rearmed BOOLEAN, 
	scale FLOAT, 
	ended VARCHAR(16), 
	unknown TEXT, 
	note TEXT, 
	PRIMARY KEY (rule_id), 
	FOREIGN KEY(rule_id) REFERENCES rules (rule_id) ON DELETE CASCADE
);
INSERT INTO "states" VALUES('aaaaaaaaaaaa','2026-01-12T17:00:00.000000+00:00','2016-01-12T00:00:00.000000+00:00','2026-01-09T00:00:00.000000+00:00',24.5,0,3,1,1.0,NULL,'["rvol(20) needs a volume that is not known"]','seen');
CREATE INDEX alerts_in_order ON alerts (seq);
CREATE INDEX alerts_of_a_ticker ON alerts (ticker, bar_time);
CREATE INDEX alerts_of_a_rule ON alerts (rule_id);
CREATE INDEX deliveries_by_status ON deliveries (status);
CREATE INDEX deliveries_by_key ON deliveries ("key");
CREATE INDEX runs_in_order ON runs (began);
COMMIT;
