comment on table pos_agreement is '[insiders]';
